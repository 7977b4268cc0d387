const express = require("express")

const server = express()

server.use((req, res, next) => {
  res.set("Reporting-Endpoints", 'main="/reports?from=csp"')
//                                      ^^^^^^^^^^^^^^^^^ warning
  res.set("Content-Security-Policy", "default-src 'self'; report-to main")
  next()
})
server.get("/", (req, res) => res.send("home"))
