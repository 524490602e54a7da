# region table
ipvsadm -A -t 192.0.2.100:80 -s rr
ipvsadm -a -t 192.0.2.100:80 -r 192.0.2.11:8080 -m
ipvsadm -a -t 192.0.2.100:80 -r 192.0.2.12:8080 -m
# endregion table
