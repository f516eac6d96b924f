using Tidegate.EndToEnd.Support.Tools;
using Tidegate.Tests.Support;

namespace Tidegate.EndToEnd.Support;

/// <summary>A certificate authority made with openssl, and what it signs: PEM files, <c>NAME.crt</c> and <c>NAME.key</c>.</summary>
internal sealed class TestAuthority : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private readonly TempDirectory _directory = new();
    private int _serial = 1;

    private TestAuthority()
    {
    }

    /// <summary>Certificate of the authority.</summary>
    public string CaFile => _directory.Combine("ca.crt");

    public static async Task<TestAuthority> CreateAsync()
    {
        var authority = new TestAuthority();
        await RunAsync("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", authority._directory.Combine("ca.key"), "-out", authority.CaFile,
            "-days", "2", "-subj", "/CN=Tidegate test authority", "-addext", "basicConstraints=critical,CA:TRUE");
        return authority;
    }

    /// <summary>Signs a certificate for a name and puts it with its key into <paramref name="directory"/>, the key first, as a careful tool does.</summary>
    public async Task IssueAsync(string name, string directory, string usage = "serverAuth")
    {
        var (key, request, certificate, extensions) = (_directory.Combine("new.key"), _directory.Combine("new.csr"), _directory.Combine("new.crt"), _directory.Combine("new.ext"));
        await RunAsync("req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", key, "-out", request, "-subj", $"/CN={name}");
        await File.WriteAllTextAsync(extensions, $"subjectAltName=DNS:{name}\nextendedKeyUsage={usage}\n");
        await RunAsync("x509", "-req", "-in", request, "-CA", CaFile, "-CAkey", _directory.Combine("ca.key"), "-set_serial", $"{_serial++}", "-days", "1", "-extfile", extensions, "-out", certificate);
        File.Move(key, Path.Combine(directory, $"{name}.key"), overwrite: true);
        File.Move(certificate, Path.Combine(directory, $"{name}.crt"), overwrite: true);
    }

    public void Dispose() => _directory.Dispose();

    private static async Task RunAsync(params string[] arguments) => (await ExternalTool.OpenSsl.RunAsync(Limit, arguments)).Ends();
}
