docwrightSearch("index",0,{"version":"bba33ab2","kinds":[0,17,27,35,61],"group":32,"shards":[""],"words":[""]})
