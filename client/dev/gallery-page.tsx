/**
 * /dev/gallery: every component in every state, light and dark, both densities. A workshop for people and the
 * subject of tests/e2e/ui-*.spec.ts. Never part of a release.
 */
import { Announcer } from '#client/ui/announcer.tsx'
import {
  chooseDensity,
  chooseTheme,
  createAppearance,
  type DensityChoice,
  densityChoice,
  type ThemeChoice,
  themeChoice,
} from '#client/ui/appearance.ts'
import { createScanListener } from '#client/ui/scan-listener.ts'
import { Segments } from '#client/ui/segments.tsx'
import { ToastRegion } from '#client/ui/toast.tsx'
import { ButtonsPart, FieldsPart, MessagesPart, OverlaysPart } from './gallery-controls.tsx'
import { FiguresPart, GroundPart, StatesPart } from './gallery-ground.tsx'
import { GridPart, TablePart } from './gallery-tables.tsx'
import css from './gallery.module.css'

export function Gallery() {
  createAppearance()
  createScanListener()
  return (
    <main class={css['gallery']}>
      <header class={css['top']}>
        <h1 class={css['name']}>组件样张</h1>
        <Segments<ThemeChoice>
          label="外观"
          value={themeChoice()}
          options={[
            { value: 'auto', label: '自动', icon: 'auto' },
            { value: 'light', label: '浅', icon: 'sun' },
            { value: 'dark', label: '深', icon: 'moon' },
          ]}
          onChoose={chooseTheme}
        />
        <Segments<DensityChoice>
          label="操作方式"
          value={densityChoice()}
          options={[
            { value: 'auto', label: '自动' },
            { value: 'desk', label: '键盘', icon: 'keyboard' },
            { value: 'floor', label: '触屏', icon: 'touch' },
          ]}
          onChoose={chooseDensity}
        />
      </header>
      <div class={css['parts']}>
        <ButtonsPart />
        <StatesPart />
        <FiguresPart />
        <GridPart />
        <TablePart />
        <FieldsPart />
        <OverlaysPart />
        <MessagesPart />
        <GroundPart />
      </div>
      <Announcer />
      <ToastRegion />
    </main>
  )
}
