const express = require("express")
const helmet = require("helmet")

const hsts = { maxAge: 31536000 }
const app = express()
app.use(helmet({ hsts }))

// The body comes first.
app.use(express.json())
app.get("/secure", (req, res) => res.send("secure"))
app.get("/", (req, res) => res.send("home"))
