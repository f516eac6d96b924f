using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Tidegate.Gateway.Listen;

/// <summary>
/// Reads certificates from a directory: <c>NAME.crt</c> with <c>NAME.key</c> (PEM, intermediates after the leaf), <c>default.crt</c> for clients without a
/// known name, and <c>client-ca.pem</c> with the authorities of client certificates. Names are taken from the certificates, not from the files.
/// </summary>
internal sealed partial class CertificateFolder(string directory, ILogger logger)
{
    /// <summary>Name of the file with the authorities of client certificates.</summary>
    public const string ClientAuthoritiesFile = "client-ca.pem";

    private readonly Dictionary<string, CertificateEntry> _good = new(StringComparer.Ordinal);
    private X509Certificate2Collection _authorities = [];
    private string _fingerprint = "";

    /// <summary>Reads again when a file has changed. A pair that cannot be read keeps its last good certificate, and the log says which and why.</summary>
    /// <returns>The new table, or null when nothing has changed.</returns>
    public CertificateTable? Refresh()
    {
        var files = List();
        // Rotation by symbolic links and by copies both show here; the content is read only when this changes.
        var fingerprint = string.Join('\n', files.Select(f => $"{f.Name}|{Target(f).LastWriteTimeUtc.Ticks}|{Target(f).Length}"));
        if (string.Equals(fingerprint, _fingerprint, StringComparison.Ordinal)) return null;
        _fingerprint = fingerprint;

        var present = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            if (file.Extension != ".crt") continue;
            var name = Path.GetFileNameWithoutExtension(file.Name);
            present.Add(name);
            ReadPair(name, file.FullName, Path.ChangeExtension(file.FullName, ".key"));
        }

        foreach (var gone in _good.Keys.Where(n => !present.Contains(n)).ToList()) _good.Remove(gone);
        ReadAuthorities(files);
        var table = new CertificateTable(_good.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => p.Value), _good.GetValueOrDefault("default"), _authorities);
        Log.Loaded(logger, _good.Count, table.NameCount, directory);
        return table;
    }

    private static FileInfo Target(FileInfo file) => file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;

    private List<FileInfo> List()
    {
        try
        {
            return [.. new DirectoryInfo(directory).EnumerateFiles().Where(f => f.Extension is ".crt" or ".key" or ".pem").OrderBy(f => f.Name, StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.DirectoryUnreadable(logger, directory, e.Message);
            return [];
        }
    }

    private void ReadPair(string name, string certificateFile, string keyFile)
    {
        try
        {
            _good[name] = CertificateEntry.Read(certificateFile, keyFile);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            Log.PairUnreadable(logger, certificateFile, keyFile, e.Message, _good.ContainsKey(name) ? "the certificate read before stays in use" : "its names are not served");
        }
    }

    private void ReadAuthorities(List<FileInfo> files)
    {
        var file = files.Find(f => f.Name == ClientAuthoritiesFile);
        if (file is null)
        {
            _authorities = [];
            return;
        }

        try
        {
            var read = new X509Certificate2Collection();
            read.ImportFromPemFile(file.FullName);
            _authorities = read;
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            Log.AuthoritiesUnreadable(logger, file.FullName, e.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1010, LogLevel.Information, "{Certificates} certificate(s) for {Names} name(s) read from {Directory}")]
        public static partial void Loaded(ILogger logger, int certificates, int names, string directory);

        [LoggerMessage(1011, LogLevel.Error, "Certificate {CertificateFile} with key {KeyFile} cannot be used: {Reason}. Until it can, {Consequence}.")]
        public static partial void PairUnreadable(ILogger logger, string certificateFile, string keyFile, string reason, string consequence);

        [LoggerMessage(1012, LogLevel.Error, "Client authorities {File} cannot be read: {Reason}. Those read before stay in use.")]
        public static partial void AuthoritiesUnreadable(ILogger logger, string file, string reason);

        [LoggerMessage(1013, LogLevel.Error, "Certificate directory {Directory} cannot be read: {Reason}")]
        public static partial void DirectoryUnreadable(ILogger logger, string directory, string reason);
    }
}
