const express = require('express');
const helmet = require('helmet');

const app = express();
app.use('/images', express.static('images'));
app.use(helmet.contentSecurityPolicy());
//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error
app.get('/', (_req, res) => {
	res.send('<p>Hello</p>');
});
