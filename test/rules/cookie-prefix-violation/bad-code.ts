import express from 'express';

const app = express();
app.disable('x-powered-by');
app.get('/', (_req, res) => {
	res.cookie('__Host-id', '1', { domain: 'example.com', path: '/a', httpOnly: true, sameSite: 'lax' });
//           ^^^^^^^^^ error
	res.send('hello');
});
