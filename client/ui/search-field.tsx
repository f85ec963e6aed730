/** Narrows the list below it while somebody types; its label is heard, its hint is seen. */
import { splitProps } from 'solid-js'
import { TextField, type TextFieldProps } from './text-field.tsx'

export interface SearchFieldProps
  extends Required<Pick<TextFieldProps, 'label' | 'value' | 'onInput'>>,
    Pick<TextFieldProps, 'scan'> {
  /** What can be typed, shown while it is empty; the label where left out. */
  readonly hint?: string
}

export function SearchField(props: SearchFieldProps) {
  const [own, field] = splitProps(props, ['hint'])
  return <TextField kind="search" isLabelHidden placeholder={own.hint ?? field.label} {...field} />
}
