import express from 'express';
import helmet from 'helmet';

const app = express();

const security = helmet();
app.use(security);

app.get('/', (_req, res) => {
	res.send('hello');
});
