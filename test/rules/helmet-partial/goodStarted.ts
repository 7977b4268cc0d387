import cors from 'cors';
import express from 'express';
import helmet from 'helmet';

export const app = express();

function configure() {
	app.use(helmet());
	app.use(cors());
	app.get('/status', (_req, res) => {
		res.json({ ok: true });
	});
}

if (require.main === module) {
	configure();
	if (process.env.PORT) app.get('/port', (_req, res) => res.send(process.env.PORT));
	app.listen(3000);
}
