// helmet@3.23.3
import express from 'express';
import { configure } from './configure';

const app = express();
//          ^^^^^^^^^ warning
configure(app);
app.get('/', (_req, res) => {
	res.send('hello');
});
