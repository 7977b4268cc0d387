// helmet@7.2.0
import express from 'express';
import helmet from 'helmet';

const app = express();

app.use(helmet({
	// remember it for a day
	referrerPolicy: { policy: 'origin' },
}));

app.get('/', (_req, res) => {
	res.send('hello');
});
