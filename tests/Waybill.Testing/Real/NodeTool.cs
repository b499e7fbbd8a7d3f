namespace Waybill.Testing.Real;

/// <summary>A small program of <c>tests/clients</c> for Node, with what it needs from npm.</summary>
internal static class NodeTool
{
    /// <summary>Installs one unless it is, and gives the path of its script.</summary>
    public static async Task<string> InstallAsync(string name, string script)
    {
        var source = Repository.PathOf("tests/clients/" + name);
        var target = Directory.CreateDirectory(Repository.PathOf("artifacts/clients/" + name)).FullName;
        var installed = Path.Combine(target, "installed");
        var wanted = await File.ReadAllTextAsync(Path.Combine(source, "package-lock.json"));
        foreach (var file in Directory.GetFiles(source)) File.Copy(file, Path.Combine(target, Path.GetFileName(file)), overwrite: true);
        if (!File.Exists(installed) || await File.ReadAllTextAsync(installed) != wanted)
        {
            var npm = await ProgramRun.OfAsync("npm", ["ci", "--omit=dev", "--ignore-scripts"], folder: target);
            if (npm.ExitCode != 0) throw new InvalidOperationException($"npm ci failed: {npm.Complaints}");
            await File.WriteAllTextAsync(installed, wanted);
        }

        return Path.Combine(target, script);
    }
}
