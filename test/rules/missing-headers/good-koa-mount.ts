import Koa from 'koa';
import helmet from 'koa-helmet';
import mount from 'koa-mount';

// Only what is mounted on it answers, behind helmet.
const pages = new Koa();
pages.use(ctx => {
	ctx.set('Permissions-Policy', 'camera=(), microphone=(), geolocation=(), payment=()');
	ctx.body = '<p>Hello</p>';
});

export function init(app: Koa = new Koa()): Koa {
	app.use(helmet());
	app.use(mount(pages));
	return app;
}
