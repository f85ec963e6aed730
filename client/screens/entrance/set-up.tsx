/** First start of an empty server: a company of one's own, or the demonstration company in one tap. */
import { createSignal } from 'solid-js'
import { createAct } from '#client/commands/create-act.ts'
import { t } from '#client/text/translate.ts'
import { ProblemNotices } from '#client/ui/problem-notices.tsx'
import { Button } from '#client/ui/button.tsx'
import { ChoiceField } from '#client/ui/choice-field.tsx'
import { TextField } from '#client/ui/text-field.tsx'
import { deviceNameHere, deviceKindHere } from './this-device.ts'
import css from './entrance.module.css'

interface Company {
  readonly name: string
  readonly taxpayer: 'general' | 'small'
  readonly branch: string
  readonly owner: string
  readonly login: string
  readonly password: string
}

const emptyCompany: Company = {
  name: '',
  taxpayer: 'small',
  branch: '',
  owner: '',
  login: '',
  password: '',
}
const passwordLengthMin = 10

export function SetUp() {
  const act = createAct()
  const demonstration = createAct()
  const [company, setCompany] = createSignal(emptyCompany)
  const put = (part: Partial<Company>) => setCompany((before) => ({ ...before, ...part }))
  const isReady = () => {
    const { name, branch, owner, login, password } = company()
    const isFilled = [name, branch, owner, login].every((text) => text.trim() !== '')
    return isFilled && password.length >= passwordLengthMin
  }
  const setUp = async () => {
    const { name, taxpayer, branch, owner, login, password } = company()
    const made = await act.run('setUp', {
      company: { name: name.trim(), taxpayer },
      owner: { login: login.trim(), name: owner.trim(), password },
      branch: { name: branch.trim() },
    })
    if (made === undefined) return
    const device = { deviceName: deviceNameHere(), kind: deviceKindHere() }
    await act.run('enrol', { login: login.trim(), password, ...device })
  }
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (isReady()) void setUp()
  }
  return (
    <form class={css['form']} onSubmit={submit}>
      <div>
        <h1 class={css['heading']}>{t('setUp.title')}</h1>
        <p class={css['lead']}>{t('setUp.lead')}</p>
      </div>
      <CompanyFields company={company()} put={put} />
      <OwnerFields company={company()} put={put} />
      <ProblemNotices problems={[...act.problems(), ...demonstration.problems()]} />
      <Button
        kind="main"
        type="submit"
        size="large"
        isWide
        isBusy={act.isBusy()}
        isDisabled={!isReady() || demonstration.isBusy()}
      >
        {t('setUp.apply')}
      </Button>
      <p class={css['or']}>{t('setUp.or')}</p>
      <Button
        size="large"
        isWide
        isBusy={demonstration.isBusy()}
        isDisabled={act.isBusy()}
        onPress={() => void demonstration.run('setUpDemonstration', {})}
      >
        {t(demonstration.isBusy() ? 'setUp.demonstrationMaking' : 'setUp.demonstration')}
      </Button>
      <p class={css['lead']}>{t('setUp.demonstrationNote')}</p>
    </form>
  )
}

interface FieldsProps {
  readonly company: Company
  readonly put: (part: Partial<Company>) => void
}

function CompanyFields(props: FieldsProps) {
  return (
    <fieldset class={css['group']}>
      <legend class={css['legend']}>{t('setUp.company')}</legend>
      <TextField
        label={t('setUp.companyName')}
        value={props.company.name}
        onInput={(name) => props.put({ name })}
        autocomplete="organization"
        isRequired
        hasFocus
      />
      <div class={css['two']}>
        <ChoiceField
          label={t('setUp.taxpayer')}
          value={props.company.taxpayer}
          options={[
            { value: 'small', label: t('setUp.taxpayerSmall') },
            { value: 'general', label: t('setUp.taxpayerGeneral') },
          ]}
          onCommit={(taxpayer) => props.put({ taxpayer: taxpayer ?? 'small' })}
        />
        <TextField
          label={t('setUp.branchName')}
          value={props.company.branch}
          placeholder={t('setUp.branchExample')}
          onInput={(branch) => props.put({ branch })}
          isRequired
        />
      </div>
    </fieldset>
  )
}

function OwnerFields(props: FieldsProps) {
  return (
    <fieldset class={css['group']}>
      <legend class={css['legend']}>{t('setUp.owner')}</legend>
      <div class={css['two']}>
        <TextField
          label={t('setUp.ownerName')}
          value={props.company.owner}
          onInput={(owner) => props.put({ owner })}
          autocomplete="name"
          isRequired
        />
        <TextField
          label={t('signIn.login')}
          value={props.company.login}
          onInput={(login) => props.put({ login })}
          autocomplete="username"
          isRequired
        />
      </div>
      <TextField
        label={t('signIn.password')}
        kind="password"
        value={props.company.password}
        onInput={(password) => props.put({ password })}
        autocomplete="new-password"
        hint={t('setUp.passwordHint')}
        isRequired
      />
    </fieldset>
  )
}
