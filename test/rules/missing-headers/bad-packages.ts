import nosniff from 'dont-sniff-mimetype';
import express from 'express';
import frameguard from 'frameguard';
import hsts from 'hsts';

const app = express();
//          ^^^^^^^^^ warning
app.disable('x-powered-by');
app.use(frameguard(), hsts({ maxAge: 63072000 }), nosniff());
app.get('/', (_req, res) => {
	res.send('hello');
});
