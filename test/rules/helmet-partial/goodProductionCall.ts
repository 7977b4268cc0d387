import express from 'express';
import helmet from 'helmet';
import { isProd } from '@example/environment';

const app = express();
if (isProd()) app.use(helmet());
app.get('/', (_req, res) => {
	res.send('x');
});
app.listen(3000);
