/** The mark of the product: two warehouses linked like a chain. */

export function BrandMark(props: { readonly size?: number }) {
  const size = () => props.size ?? 28
  return (
    <svg width={size()} height={size()} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7.5" fill="var(--accent-fill)" />
      <g
        fill="none"
        stroke="#fff"
        stroke-width="2.4"
        stroke-linejoin="round"
        stroke-linecap="round"
      >
        <path d="M13.4 18.6v-5.2L19 9.9l5.6 3.5v8.7H19" />
        <path d="M18.6 13.4v5.2L13 22.1l-5.6-3.5V9.9H13" />
      </g>
    </svg>
  )
}
