/**
 * What a page address gets when the program's files are gone from this device (the browser cleared them) and the
 * server cannot be reached: a page of its own, whole in itself. Goes on by itself when the network is back.
 */

/** `hasData`: whether the documents of this device are still here. */
export function helpPage(hasData: boolean): Response {
  return new Response(hasData ? html : html.replaceAll(/<!--kept-->.*?<!---->/gs, ''), {
    status: 503,
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
  })
}

const html = `<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>连仓</title>
<style>
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 24px; box-sizing: border-box;
  font: 16px/1.6 "Noto Sans SC", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", system-ui, sans-serif;
  color: #1f1d1a; background: #faf7f0 }
main { max-width: 30em }
h1 { font-size: 22px; font-weight: 600; margin: 0 0 8px }
p { margin: 0 0 4px }
.en { margin-top: 16px; font-size: 14px; opacity: .7 }
button { min-height: 44px; margin-top: 20px; padding: 0 20px; font: inherit; color: #fff; background: #1c4f82;
  border: 0; border-radius: 8px; cursor: pointer }
@media (prefers-color-scheme: dark) { body { color: #e8e6e1; background: #0b0f15 } }
</style>
<main>
<h1>要连一次网，连仓才能打开</h1>
<p>浏览器清掉了程序文件。<!--kept-->单据和草稿不在其中，都还在这台设备上。<!----></p>
<p>连上网络后，这一页会自己打开。</p>
<p class="en" lang="en">The browser has cleared the program's files. <!--kept-->Documents and drafts are kept apart and
still here. <!---->Connect once, and this page opens by itself.</p>
<button onclick="location.reload()">再试一次 · Try again</button>
</main>
<script>
addEventListener('online', () => location.reload())
setInterval(() => fetch('/healthz').then((a) => a.ok && location.reload(), () => {}), 5000)
</script>
</html>
`
