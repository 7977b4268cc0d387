import express from 'express';
import helmet from 'helmet';

const app = express();

app.use(express.json());
app.use(helmet());
app.use(express.static('public'));

app.get('/', (_req, res) => {
	res.send('hello');
});
