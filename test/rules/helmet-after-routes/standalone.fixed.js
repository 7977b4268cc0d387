const express = require('express');
const helmet = require('helmet');

const app = express();
app.use(helmet.contentSecurityPolicy());
app.use('/images', express.static('images'));
app.get('/', (_req, res) => {
	res.send('<p>Hello</p>');
});
