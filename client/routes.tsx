/** The addresses of the app, one line each; every screen is loaded when it is first visited. */
import { Navigate, type RouteDefinition } from '@solidjs/router'
import { type Component, lazy } from 'solid-js'
import { uuidv7 } from 'uuidv7'
import { NotFound } from './screens/frame/not-found.tsx'

/** A screen by its named export, loaded on its first visit. */
function screen<Name extends string>(
  load: () => Promise<Readonly<Record<Name, Component>>>,
  name: Name,
): Component {
  return lazy(async () => ({ default: (await load())[name] }))
}

const documentScreen = screen(() => import('./documents/document-screen.tsx'), 'DocumentScreen')

export const routes: RouteDefinition[] = [
  { path: '/', component: screen(() => import('./screens/home/home.tsx'), 'Home') },
  {
    path: '/products/:skuId?',
    component: screen(() => import('./screens/products/products.tsx'), 'Products'),
  },
  {
    path: '/recipes/:skuId',
    component: screen(() => import('./screens/products/recipe.tsx'), 'Recipe'),
  },
  { path: '/stock', component: screen(() => import('./screens/stock/stock.tsx'), 'Stock') },
  { path: '/ages', component: screen(() => import('./screens/stock/ages.tsx'), 'Ages') },
  {
    path: '/under-way',
    component: screen(() => import('./screens/stock/under-way.tsx'), 'UnderWay'),
  },
  { path: '/stock-at', component: screen(() => import('./screens/stock/stock-at.tsx'), 'StockAt') },
  {
    path: '/stock/:skuId',
    component: screen(() => import('./screens/stock/stock-card.tsx'), 'StockCard'),
  },
  {
    path: '/documents/:type',
    component: screen(() => import('./documents/document-list.tsx'), 'DocumentList'),
  },
  { path: '/documents/:type/new', component: NewDocument },
  { path: '/documents/:type/:docId', component: documentScreen },
  {
    path: '/masters/:entity/:id?',
    component: screen(() => import('./screens/masters/masters.tsx'), 'Masters'),
  },
  {
    path: '/prices/:entity/:id',
    component: screen(() => import('./screens/prices/price-sheet.tsx'), 'PriceSheet'),
  },
  {
    path: '/findings',
    component: screen(() => import('./screens/findings/findings.tsx'), 'Findings'),
  },
  {
    path: '/approvals',
    component: screen(() => import('./screens/approvals/approvals.tsx'), 'Approvals'),
  },
  {
    path: '/approvals/flows',
    component: screen(() => import('./screens/approvals/flows.tsx'), 'ApprovalFlows'),
  },
  {
    path: '/approvals/duties',
    component: screen(() => import('./screens/approvals/duties.tsx'), 'Duties'),
  },
  {
    path: '/approvals/:docId',
    component: screen(() => import('./screens/approvals/approval.tsx'), 'Approval'),
  },
  { path: '/changes', component: screen(() => import('./screens/changes/changes.tsx'), 'Changes') },
  {
    path: '/month-close',
    component: screen(() => import('./screens/month-close/month-close.tsx'), 'MonthClose'),
  },
  { path: '/devices', component: screen(() => import('./screens/devices/devices.tsx'), 'Devices') },
  { path: '/import', component: screen(() => import('./screens/import/import.tsx'), 'Import') },
  {
    path: '/settings',
    component: screen(() => import('./screens/settings/settings.tsx'), 'Settings'),
  },
  // What stands before the app is decided by the session, not by the address.
  { path: '/set-up', component: () => <Navigate href="/" /> },
  { path: '/sign-in', component: () => <Navigate href="/" /> },
  { path: '*', component: NotFound },
]

/** Gives a new draft its id, so that its address is good from the first key on. */
function NewDocument(props: { readonly params: { readonly type?: string | undefined } }) {
  return <Navigate href={`/documents/${props.params.type ?? ''}/${uuidv7()}`} />
}
