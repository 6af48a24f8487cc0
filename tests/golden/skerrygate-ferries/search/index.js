docwrightSearch("index",0,{"version":"6a3e998d","kinds":[0,17,27,35,61],"group":32,"shards":[""],"words":[""]})
