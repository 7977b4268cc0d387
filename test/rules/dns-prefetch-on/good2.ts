import express from 'express';
import helmet from 'helmet';

const app = express();
app.use(helmet({ dnsPrefetchControl: { allow: false } }));
app.get('/', (_req, res) => {
	res.send('hello');
});
