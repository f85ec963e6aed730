/**
 * The page a tablet opens once, over plain http, to learn to trust the shop's own certificate.
 * It is served before any trust exists, so it holds no secret and no script.
 */
import { renderSVG } from 'uqr'

export interface TrustFacts {
  /** The app's address, e.g. `https://192.168.1.20:8080`. */
  readonly appUrl: string
  /** SHA-256 of the certificate authority. */
  readonly fingerprint: string
}

export const certificatePath = '/liancang.crt'

interface Device {
  readonly title: string
  readonly steps: readonly (readonly [chinese: string, english: string])[]
}

const devices: readonly Device[] = [
  {
    title: 'Android · 安卓、鸿蒙',
    steps: [
      ['点上面的“下载证书”。', 'Tap “Download” above.'],
      [
        '打开 设置，搜索“CA 证书”（多在 安全 → 加密与凭据 → 安装证书）。',
        'Open Settings and search for “CA certificate” (often Security → Encryption & credentials → Install a certificate).',
      ],
      [
        '选“CA 证书”→ 仍然安装 → 选刚下载的 liancang.crt。',
        'Choose CA certificate → Install anyway → pick liancang.crt.',
      ],
      ['用 Chrome 或 Edge 打开应用地址。', 'Open the app with Chrome or Edge.'],
    ],
  },
  {
    title: 'iPad · iPhone',
    steps: [
      [
        '用 Safari 点上面的“下载证书”，选“允许”。',
        'In Safari tap “Download” above and choose Allow.',
      ],
      ['打开 设置 → 已下载描述文件 → 安装。', 'Open Settings → Profile Downloaded → Install.'],
      [
        '再到 设置 → 通用 → 关于本机 → 证书信任设置，打开“Liancang shop”。',
        'Then Settings → General → About → Certificate Trust Settings: switch “Liancang shop” on.',
      ],
      [
        '用 Safari 打开应用地址，分享 → 添加到主屏幕。',
        'Open the app in Safari, then Share → Add to Home Screen.',
      ],
    ],
  },
  {
    title: 'Windows',
    steps: [
      [
        '点上面的“下载证书”，双击下载的文件 → 安装证书。',
        'Download above, double-click the file → Install Certificate.',
      ],
      [
        '选“当前用户”→“将所有的证书都放入下列存储”→“受信任的根证书颁发机构”→ 完成。',
        'Choose Current User → Place all certificates in the following store → Trusted Root Certification Authorities → Finish.',
      ],
      ['重新打开 Chrome 或 Edge，进入应用地址。', 'Restart Chrome or Edge and open the app.'],
    ],
  },
]

export function trustPage(facts: TrustFacts): string {
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>连仓 · 信任本店证书</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>让这台设备信任本店</h1>
<p>连仓在店内网络用加密连接。第一次使用前，请在这台设备上安装本店证书，只需一次。<br>
<small>Liancang encrypts its traffic in the shop's network. Install the shop's certificate on this device, once.</small></p>
<p class="act"><a class="button" href="${certificatePath}">下载证书 <small>Download</small></a></p>
${devices.map(deviceSection).join('\n')}
<section class="done">
<h2>完成后打开应用 <small>Then open the app</small></h2>
<p><a href="${facts.appUrl}">${facts.appUrl}</a></p>
<div class="code">${renderSVG(facts.appUrl, { border: 2 })}</div>
</section>
<p class="print">证书指纹应与电脑上显示的一致 <small>The fingerprint must equal the one shown on the computer (SHA-256)</small><br>
<code>${facts.fingerprint}</code></p>
<p><small>此证书只能用于店内网络地址，不能冒充其他网站。
It is valid for addresses inside the shop's network only and cannot stand for any other site.</small></p>
</main>
</body>
</html>
`
}

function deviceSection(device: Device): string {
  const steps = device.steps.map(
    ([chinese, english]) => `<li>${chinese}<br><small>${english}</small></li>`,
  )
  return `<details open>\n<summary>${device.title}</summary>\n<ol>${steps.join('')}</ol>\n</details>`
}

const style = `
:root { color-scheme: light dark; --ink: #1e1c18; --quiet: #6c655a; --line: #ddd6c8; --accent: #17507f; --ground: #faf7f0 }
@media (prefers-color-scheme: dark) {
  :root { --ink: #ece9e2; --quiet: #959ca8; --line: #2a3442; --accent: #8fbde8; --ground: #0f141b }
}
* { box-sizing: border-box }
body { margin: 0; background: var(--ground); color: var(--ink); font: 17px/1.6 system-ui, sans-serif }
main { max-width: 42rem; margin: 0 auto; padding: 1.5rem 1.25rem 3rem }
h1 { font-size: 1.6rem; margin: 0 0 .5rem } h2 { font-size: 1.1rem }
small { color: var(--quiet); font-size: .85em }
a { color: var(--accent) }
.button { display: inline-block; padding: .8rem 1.4rem; border-radius: .5rem; background: var(--accent); color: var(--ground); font-weight: 600; text-decoration: none }
.button small { color: inherit; opacity: .85 }
details { border-top: 1px solid var(--line); padding: .6rem 0 } summary { cursor: pointer; font-weight: 600; padding: .4rem 0 }
ol { margin: .25rem 0; padding-left: 1.4rem } li { margin: .5rem 0 }
.done { border-top: 1px solid var(--line) } .code svg { width: 11rem; background: #fff; border-radius: .5rem }
code { overflow-wrap: anywhere; font-size: .85em }
`
