using System.Net;
using System.Net.Sockets;
using Waybill.Engine.Fetching;
using Xunit;

namespace Waybill.Engine.Specs.Fetching;

public class Refusing_every_spelling_of_a_forbidden_host
{
    const int Promised = 150;

    static readonly string[] spellings =
    [
        // plain
        "http://127.0.0.1/", "http://127.0.0.1:80/", "http://127.0.0.2/", "http://127.255.255.254/", "http://0.0.0.0/", "http://0.1.2.3/",
        "http://10.0.0.1/", "http://10.255.255.255/", "http://100.64.0.1/", "http://100.100.100.200/",
        "http://169.254.169.254/latest/meta-data/", "http://168.63.129.16/machine", "http://172.16.0.1/", "http://172.31.255.254/",
        "http://192.0.0.192/", "http://192.0.2.1/", "http://192.88.99.1/", "http://192.168.0.1/", "https://192.168.1.254:8443/",
        "http://198.18.0.1/", "http://198.51.100.1/", "http://203.0.113.1/", "http://224.0.0.1/", "http://239.255.255.250:1900/",
        "http://240.0.0.1/", "http://255.255.255.255/",
        // decimal
        "http://2130706433/", "http://2130706434/", "http://0/", "http://1/", "http://167772161/", "http://2852039166/",
        "http://3232235521/", "http://2886729729/", "http://4294967295/", "http://4294967296/", "http://6425673729/",
        "http://18446744071692258049/",
        // octal
        "http://0177.0.0.1/", "http://0177.1/", "http://017700000001/", "http://0177.0.1/", "http://00000177.0.0.1/",
        "http://0177.0000.0000.0001/", "http://012.0.0.1/", "http://01200000001/", "http://0251.0376.0251.0376/", "http://0300.0250.0.1/",
        "http://0254.020.0.1/", "http://08.0.0.1/", "http://0177.0.0.09/", "http://010.8.8.8./",
        // hexadecimal
        "http://0x7f000001/", "http://0x7F000001/", "http://0X7f.0.0.1/", "http://0x7f.1/", "http://0x7f.0x0.0x0.0x1/",
        "http://0x0000007f.1/", "http://0xa.0.0.1/", "http://0xa9fea9fe/", "http://0xa9.0xfe.0xa9.0xfe/", "http://0xc0.0xa8.0.1/",
        "http://0xffffffff/", "http://0x17f000001/", "http://0x/", "http://127.0.0.0x/", "http://0xzz.0x1/",
        // short and mixed
        "http://127.1/", "http://127.0.1/", "http://127.65537/", "http://10.1/", "http://10.257/", "http://169.254.43518/",
        "http://169.16689662/", "http://192.168.257/", "http://192.11010049/", "http://172.16.1/", "http://0177.0x0.1/", "http://0x7f.0.1/",
        "http://127.0x1/", "http://0300.168.1/", "http://127.0.0.256/", "http://127.0.0.1.1/", "http://127.0.0.0.1/",
        "http://300.300.300.300/",
        // dots
        "http://127.0.0.1./", "http://127.1./", "http://2130706433./", "http://0x7f.1./", "http://localhost./", "http://127.0.0.1../",
        "http://.127.0.0.1/", "http://127..0.0.1/", "http://metadata.internal./",
        // user names and other ways to hide the host
        "http://user@127.0.0.1/", "http://example.com@127.0.0.1/", "http://example.com:80@127.0.0.1/", "http://@127.0.0.1/",
        "http://:@127.0.0.1/", "http://127.0.0.1@example.com/", "http://example.com%40127.0.0.1/", "http://a@b@127.0.0.1/",
        "http://127.0.0.1\\@example.com/", "http://example.com\\@127.0.0.1/", "http:\\\\127.0.0.1\\", "http:///127.0.0.1/",
        "http:127.0.0.1/", "//127.0.0.1/", "///127.0.0.1/", "http://127.0.0.1#@example.com/", "http://127.0.0.1?@example.com/",
        "http://127.0.0.1:80:80/", "http://127.0.0.1:0/", "http://127.0.0.1:65616/", " http://127.0.0.1/", "http://127.0.0.1 /",
        "http://127.0.0.1\t/", "http://127.0.0.1\n/", "http://127.0.0.1\0.example.com/", "http://127.0.0.1%00.example.com/",
        "http://127.0.0.1%2f.example.com/", "http://%31%32%37.0.0.1/", "http://127%2e0%2e0%2e1/", "http://%6cocalhost/", "ftp://127.0.0.1/",
        "gopher://127.0.0.1:6379/_INFO", "file:///etc/passwd", "file://127.0.0.1/etc/passwd", "unix:/var/run/docker.sock",
        "dict://127.0.0.1:11211/stats", "ldap://127.0.0.1/", "data:text/plain,x", "/etc/passwd", "ws://127.0.0.1/",
        // digits, letters and dots that IDNA makes plain
        "http://１２７.0.0.1/", "http://１２７．０．０．１/", "http://127。0。0。1/", "http://127｡0｡0｡1/", "http://①②⑦.⓪.⓪.①/", "http://⑯⑨。②⑤④。⑯⑨｡②⑤④/",
        "http://１27.1/", "http://²130706433/", "http://𝟙𝟚𝟟.𝟘.𝟘.𝟙/", "http://0ｘ7f.1/", "http://０１７７.1/", "http://١٢٧.٠.٠.١/",
        "http://127.0.0.1\u00ad/", "http://127\u200b.0.0.1/", "http://ｌｏｃａｌｈｏｓｔ/", "http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/", "http://l\u00adocalhost/",
        "http://ℒocalhost/", "http://LOCALHOST/",
        // IPv6, its own
        "http://[::]/", "http://[::1]/", "http://[::1]:8080/", "http://[0:0:0:0:0:0:0:1]/",
        "http://[0000:0000:0000:0000:0000:0000:0000:0001]/", "http://[::0001]/", "http://[fe80::1]/", "http://[fe80::1%1]/",
        "http://[fe80::1%25eth0]/", "http://[fe80::1%251]/", "http://[::1%25lo]/", "http://[::1%lo]/", "http://[2606:4700::1%25eth0]/",
        "http://[2606:4700::1%1]/", "http://[febf:ffff::1]/", "http://[fec0::1]/", "http://[fc00::1]/", "http://[fd00:ec2::254]/",
        "http://[fd20:ce::254]/", "http://[fdff:ffff::1]/", "http://[ff02::1]/", "http://[ff0e::1]/", "http://[100::1]/",
        "http://[2001:db8::1]/", "http://[3fff::1]/", "http://[5f00::1]/", "http://[2001:10::1]/", "http://[2001:20::1]/",
        "http://[2001:2::1]/", "http://[4000::1]/", "http://[200::1]/", "http://[::1", "http://::1/", "http://[::1]]/",
        "http://[v1.fe80::1]/", "http://[::1]example.com/",
        // IPv6 that leads to an IPv4
        "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://[::FFFF:7F00:0001]/", "http://[0:0:0:0:0:ffff:127.0.0.1]/",
        "http://[::ffff:10.0.0.1]/", "http://[::ffff:169.254.169.254]/", "http://[::ffff:a9fe:a9fe]/", "http://[::ffff:192.168.0.1]/",
        "http://[::ffff:0.0.0.0]/", "http://[::ffff:127.0.0.1%25lo]/", "http://[::ffff:0177.0.0.1]/", "http://[::ffff:127.1]/",
        "http://[::127.0.0.1]/", "http://[::7f00:1]/", "http://[::10.0.0.1]/", "http://[::169.254.169.254]/", "http://[::8.8.8.8]/",
        "http://[::ffff:0:127.0.0.1]/", "http://[::ffff:0:7f00:1]/", "http://[::ffff:0:10.0.0.1]/", "http://[::ffff:0:a9fe:a9fe]/",
        "http://[::5efe:7f00:1]/", "http://[::5efe:127.0.0.1]/", "http://[fe80::5efe:127.0.0.1]/", "http://[fe80::200:5efe:a00:1]/",
        "http://[2606:4700::5efe:127.0.0.1]/", "http://[2606:4700::200:5efe:a9fe:a9fe]/", "http://[2a00:1450:1:2:0:5efe:192.168.0.1]/",
        "http://[2002:7f00:1::]/", "http://[2002:7f00:1::1]/", "http://[2002:a00:1::1]/", "http://[2002:a9fe:a9fe::]/",
        "http://[2002:c0a8:1::1]/", "http://[64:ff9b::127.0.0.1]/", "http://[64:ff9b::7f00:1]/", "http://[64:ff9b::10.0.0.1]/",
        "http://[64:ff9b::a9fe:a9fe]/", "http://[0064:ff9b:0:0:0:0:c0a8:1]/", "http://[64:ff9b:1::127.0.0.1]/",
        "http://[64:ff9b:1:7f00:0:100::]/", "http://[64:ff9b:1:ffff::a00:1]/", "http://[2001::1]/", "http://[2001:0:7f00:1::]/",
        "http://[2001:0:4136:e378:8000:63bf:80ff:fffe]/", "http://[2001:0:a9fe:a9fe::5601:5601]/",
        // names
        "http://localhost/", "https://localhost:8443/", "http://LocalHost/", "http://ip6-localhost/", "http://www.localhost/",
        "http://localhost.localdomain/", "http://metadata.google.internal/", "http://127.0.0.1.nip.example/", "http://mapped.example/",
        "http://isatap.example/", "http://scoped.example/", "http://mixed.example/", "http://xn--mnchen-3ya.localhost/",
    ];

    static readonly Dictionary<string, string[]> names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["localhost"] = ["127.0.0.1", "::1"],
        ["ip6-localhost"] = ["::1"],
        ["www.localhost"] = ["127.0.0.1"],
        ["localhost.localdomain"] = ["127.0.0.1"],
        ["metadata.google.internal"] = ["169.254.169.254"],
        ["127.0.0.1.nip.example"] = ["127.0.0.1"],
        ["mapped.example"] = ["::ffff:10.0.0.1"],
        ["isatap.example"] = ["2606:4700::5efe:10.0.0.1"],
        ["scoped.example"] = ["fe80::1%1"],
        ["mixed.example"] = ["8.8.8.8", "192.168.0.1"],
        ["xn--mnchen-3ya.localhost"] = ["127.0.0.1"],
        // What a lenient resolver makes of names that only look like addresses.
        ["xn--9hbcp.xn--8hb.xn--8hb.xn--9hb"] = ["127.0.0.1"],
    };

    public static TheoryData<string> Spellings => [.. spellings];

    [Theory, MemberData(nameof(Spellings))]
    public async Task Refuses(string spelling)
    {
        using var fetcher = Outbound.Fetcher(Lenient, allow: "");

        Assert.StartsWith("Waybill does not ", OutboundUrl.TryRead(spelling, out var url, out var problem)
            ? await fetcher.RefusalOf(url)
            : problem);
    }

    [Fact]
    public void Knows_as_many_spellings_as_promised() => Assert.InRange(spellings.Distinct().Count(), Promised, spellings.Length);

    static Task<IPAddress[]> Lenient(string host, CancellationToken cancellationToken) => names.TryGetValue(host, out var addresses)
        ? Task.FromResult(Array.ConvertAll(addresses, IPAddress.Parse))
        : throw new SocketException((int)SocketError.HostNotFound);
}
