const express = require('express');
const helmet = require('helmet');

const app = express();
if (process.env.KIOSK) app.get('/kiosk', (req, res) => res.send('<p>Hello</p>'));
app.use(helmet());
//      ^^^^^^^^ warning
app.get('/', (req, res) => res.send('<p>Hello</p>'));
