import express from 'express';

const app = express();
//          ^^^^^^^^^ warning
app.get('/', (_req, res) => {
	res.send('hello');
});
