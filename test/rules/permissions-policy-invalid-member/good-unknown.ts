import express from 'express';
import { more } from 'policies';

const app = express();
app.use((_req, res, next) => {
	res.setHeader('Permissions-Policy', `${more.first}, ${more.second}, camera=()`);
	next();
});
app.get('/', (_req, res) => {
	res.send('hello');
});
