using Tidegate.Platform.ConfigStore.Secrets;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Platform.ConfigStore;

public sealed class NodeSecretsTests : IDisposable
{
    private readonly TempDirectory _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public void TryResolve_EveryScheme_GivesTheValue()
    {
        Environment.SetEnvironmentVariable("TIDEGATE_TEST_SECRET", "from-env");
        Directory.CreateDirectory(Path.Combine(_data.Path, "secrets", "team"));
        File.WriteAllText(Path.Combine(_data.Path, "secrets", "team", "db"), "from-store\n");
        File.WriteAllText(Path.Combine(_data.Path, "plain"), "from-file\r\n");
        var secrets = new NodeSecrets(_data.Path);

        Assert.Equal("from-env", Resolve(secrets, "${env:TIDEGATE_TEST_SECRET}"));
        Assert.Equal("from-store", Resolve(secrets, "${secret:team/db}"));
        Assert.Equal("from-file", Resolve(secrets, $"${{file:{_data.Path}/plain}}"));
    }

    [Theory]
    [InlineData("${env:TIDEGATE_TEST_NOT_SET}", "not set")]
    [InlineData("${file:/nonexistent/x}", "no such file")]
    [InlineData("${secret:../escape}", "not legal")]
    [InlineData("${secret:/etc/hostname}", "not legal")]
    [InlineData("plain", "no secret reference")]
    [InlineData("${vault:x}", "no secret reference")]
    public void TryResolve_Impossible_SaysWhyAndNamesTheReference(string reference, string why)
    {
        Assert.False(new NodeSecrets(_data.Path).TryResolve(reference, out var value, out var reason));
        Assert.Equal("", value);
        Assert.Contains(reference, reason, StringComparison.Ordinal);
        Assert.Contains(why, reason, StringComparison.Ordinal);
    }

    // Where it was looked for, not only what: the data directory is not the one that was thought of.
    [Fact]
    public void TryResolve_NoFile_SaysWhichPathWasLookedAt()
    {
        var secrets = new NodeSecrets(_data.Path);

        Assert.False(secrets.TryResolve("${secret:team/db}", out _, out var reason));
        Assert.Equal($"${{secret:team/db}} cannot be resolved on this node: there is no such file ({Path.Combine(_data.Path, "secrets", "team", "db")}).", reason);
        Assert.False(secrets.TryResolve("${file:nonexistent/x}", out _, out reason));
        Assert.Equal($"${{file:nonexistent/x}} cannot be resolved on this node: there is no such file ({Path.GetFullPath("nonexistent/x")}).", reason);
    }

    private static string Resolve(NodeSecrets secrets, string reference) => secrets.TryResolve(reference, out var value, out var reason) ? value : reason!;
}
