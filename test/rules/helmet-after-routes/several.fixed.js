const express = require('express')
const helmet = require('helmet')
const app = express()

app.use(helmet())
app.get('/a', (req, res) => res.send('a'))
app.get('/b', (req, res) => res.send('b'))
app.post('/c', (req, res) => res.send('c'))

