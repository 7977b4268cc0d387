import Router from '@koa/router';
import Koa from 'koa';

const app = new Koa();
const router = new Router();
router.get('/rpc', ctx => {
	ctx.status = 405;
	ctx.body = { error: 'Ask by POST.' };
	ctx.set('Allow', 'POST');
});
app.use(router.routes());
app.listen(3000);
