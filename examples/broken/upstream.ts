// Behind twice.example.com of the Caddyfile: helmet is here, so Caddy need not set its headers once more.
import express from 'express';
import helmet from 'helmet';

const app = express();

app.use(helmet());

app.get('/', (_req, res) => {
	res.send('hello');
});

if (require.main === module) app.listen(4107);

export default app;
