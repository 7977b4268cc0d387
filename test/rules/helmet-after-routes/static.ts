import express from 'express';
import helmet from 'helmet';

const app = express();

app.use(express.static('public'));
app.use(helmet());
//      ^^^^^^^^ error

app.get('/', (_req, res) => {
	res.send('hello');
});
