/** 角色 (roles) by code, in the language in use. */
import { t } from './translate.ts'

export function roleText(role: string): string {
  switch (role) {
    case 'keeper':
      return t('role.keeper')
    case 'seller':
      return t('role.seller')
    case 'buyer':
      return t('role.buyer')
    case 'finance':
      return t('role.finance')
    case 'manager':
      return t('role.manager')
    case 'owner':
      return t('role.owner')
    default:
      return role
  }
}
