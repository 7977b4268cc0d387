// helmet comes after a route: that route is answered without its headers.
import express from 'express';
import helmet from 'helmet';

const app = express();

app.get('/', (_req, res) => {
	res.send('hello');
});

app.use(helmet());

export default app;
