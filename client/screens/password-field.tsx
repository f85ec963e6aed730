/** The password that a person has, asked for by each form that signs in. */
import { t } from '#client/text/translate.ts'
import { TextField } from '#client/ui/text-field.tsx'

export interface PasswordFieldProps {
  readonly value: string
  readonly onInput: (password: string) => void
  readonly hasFocus?: boolean
}

export function PasswordField(props: PasswordFieldProps) {
  return (
    <TextField
      label={t('signIn.password')}
      kind="password"
      value={props.value}
      onInput={props.onInput}
      autocomplete="current-password"
      isRequired
      hasFocus={props.hasFocus ?? false}
    />
  )
}
