using System.Security.Cryptography;
using Waybill.Testing;

namespace Waybill.Server.Specs.Running;

public class A_database_of_an_earlier_version
{
    public static TheoryData<string, string, string> Kept => new()
    {
        { "0.1.0", "01a200c8-4f72-78d5-a9c4-5f2dcfdc4e7e", "4af8721428032afdf72b5ec200567823102682401b2542efa84d3e67954a2241" },
        { "0.1.0", "01a200c8-503d-795b-92d6-729ea82994ad", "f8bdbad63549bf90f5f15d628cdfba182e979627648769fa092c591caeb4af15" },
        { "0.1.0", "01a200c8-509a-76d9-bfb5-90c3474551de", "e2f98f55667969e685c005c59041be6a612824d1efc14c1149988873720fe73c" },
        { "0.2.0", "01a20181-93c5-7bad-b32b-4bb9909067fa", "98277ebe5f9610521f9d2af09d615814a7e16fd6ee9ae1e529139cb358263f28" },
        { "0.2.0", "01a20181-9450-7b89-a11f-c918e7b0ced2", "748f1ce6c69f00b9e17b05e3688e112ab497241219dbabd6f0d21ddc3d9ee40a" },
    };

    [Theory]
    [MemberData(nameof(Kept))]
    public async Task Still_gives_the_bytes_that_were_sent(string version, string message, string sha256)
    {
        using var folder = new TemporaryFolder();
        File.Copy(Repository.PathOf($"tests/Fixtures/Database/{version}.db"), Path.Combine(folder.Path, "waybill.db"));

        var run = await ProgramRun.OfAsync(
            ServerProcess.Executable, ["render", message], new Dictionary<string, string> { ["Data__Path"] = folder.Path }, folder.Path);

        Assert.Equal((0, sha256), (run.ExitCode, Convert.ToHexStringLower(SHA256.HashData(run.Output))));
    }
}
