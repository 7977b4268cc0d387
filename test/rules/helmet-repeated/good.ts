import express from 'express';
import helmet from 'helmet';

const app = express();

app.use(helmet({ contentSecurityPolicy: false }));
app.use(helmet.contentSecurityPolicy({ directives: { defaultSrc: ["'none'"] } }));

app.get('/', (_req, res) => {
	res.send('hello');
});
