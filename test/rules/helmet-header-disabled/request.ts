import express from 'express';
import helmet from 'helmet';
import { isPage } from '@example/pages';

const app = express();
const forPages = helmet();
const forOthers = helmet({ contentSecurityPolicy: false });
//                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ info

app.use((req, res, next) => {
	if (isPage(req)) forPages(req, res, next);
	else forOthers(req, res, next);
});

app.get('/', (_req, res) => {
	res.send('hello');
});
