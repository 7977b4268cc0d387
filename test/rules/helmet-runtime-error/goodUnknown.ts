import { policies } from './policies';
import express from 'express';
import helmet from 'helmet';

const app = express();

app.use(helmet({ contentSecurityPolicy: { directives: policies }, hsts: { maxAge: Number(process.env.MAX_AGE) } }));

app.get('/', (_req, res) => {
	res.send('hello');
});
