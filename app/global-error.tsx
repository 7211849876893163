'use client';

import './globals.css';

type GlobalErrorProps = { error: Error & { digest?: string } };

/**
 * The layout itself crashed, and with it the locale: so this one page says it in all three languages. No inline style,
 * which the Content-Security-Policy would refuse.
 */
export default function GlobalError({ error }: GlobalErrorProps) {
  return (
    <html lang="en">
      <body>
        <main className="mx-auto flex max-w-xl flex-col gap-3 px-4 py-16">
          <title>JITP Console</title>
          <h1 className="text-xl font-semibold">The console failed</h1>
          <p>Load the page again. If it fails again, give the reference to whoever runs the console.</p>
          <p lang="ja">
            コンソールで障害が発生しました。ページを再読み込みしてください。再び失敗する場合は、参照番号をコンソールの管理者に伝えてください。
          </p>
          <p lang="zh-CN">控制台发生故障。请重新加载页面。如果再次失败，请把参考编号告诉控制台的管理员。</p>
          {error.digest === undefined ? null : <p className="font-mono">{error.digest}</p>}
          <p>
            <a className="link" href="/">
              JITP Console
            </a>
          </p>
        </main>
      </body>
    </html>
  );
}
