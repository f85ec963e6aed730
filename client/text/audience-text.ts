/** 读者范围 (audiences) as a short word. */
import { t } from './translate.ts'

export function audienceText(audience: string): string {
  switch (audience) {
    case 'goods':
      return t('audience.goods')
    case 'sales':
      return t('audience.sales')
    case 'buying':
      return t('audience.buying')
    case 'books':
      return t('audience.books')
    default:
      return audience
  }
}
