const express = require("express")
const helmet = require("helmet")

const hsts = { maxAge: 31536000 }
const app = express()

// The body comes first.
app.use(express.json())
app.get("/secure", helmet({ hsts }), (req, res) => res.send("secure"))
//                 ^^^^^^^^^^^^^^^^ warning
app.get("/", (req, res) => res.send("home"))
