import Koa from 'koa';

// Whoever calls this mounts the app, behind middleware that nobody sees here.
export function makeProfile(): Koa {
	const profile = new Koa();
	profile.use(ctx => {
		ctx.set('X-Frame-Options', 'DENY');
		ctx.body = '<p>Hello</p>';
	});
	return profile;
}
