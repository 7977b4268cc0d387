const express = require('express');
const helmet = require('helmet');

const app = express();
if (process.env.NODE_ENV === 'development') app.get('/debug', (req, res) => res.send('<p>Hello</p>'));
app.use(helmet());
app.get('/', (req, res) => res.send('<p>Hello</p>'));
