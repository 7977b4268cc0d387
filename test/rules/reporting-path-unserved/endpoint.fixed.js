const express = require("express")

const server = express()
server.post("/reports", express.json({ type: ["application/csp-report", "application/reports+json"] }), (req, res) => {
  console.log(JSON.stringify(req.body))
  res.status(204).end()
})

server.use((req, res, next) => {
  res.set("Reporting-Endpoints", 'main="/reports?from=csp"')
  res.set("Content-Security-Policy", "default-src 'self'; report-to main")
  next()
})
server.get("/", (req, res) => res.send("home"))
