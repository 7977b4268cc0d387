const express = require('express');
const helmet = require('helmet');

const app = express();
//          ^^^^^^^^^ warning
app.use('/images', express.static('images'));
app.use(helmet.contentSecurityPolicy());
app.get('/', (_req, res) => {
	res.send('<p>Hello</p>');
});
