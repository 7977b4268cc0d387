const express = require('express');
const helmet = require('helmet');
const app = express();

app.use(helmet)
//      ^^^^^^ error

app.get('/', (req, res) => res.send('hello'))
