using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Services.Rules;

/// <summary>TLS settings are complete, used, and safe.</summary>
internal sealed class UpstreamTlsRule : ResourceRule<ServiceConfig>
{
    public override void Check(ServiceConfig spec, ResourceScope scope)
    {
        var tls = spec.Tls;
        if (tls.InsecureSkipVerify)
            scope.Warning("insecure_tls", "spec.tls.insecureSkipVerify", "Certificates are not verified: anyone between the gateway and the service can read and change calls. Give caFile instead.");
        if ((tls.CertificateFile is null) != (tls.KeyFile is null))
            scope.Error("missing_key", "spec.tls", "A client certificate needs both certificateFile and keyFile.");
        if (tls.ServerName is not null && !HttpSyntax.IsHost(tls.ServerName))
            scope.Error("bad_host", "spec.tls.serverName", $"\"{tls.ServerName}\" is no legal host name.");
        if (tls != new UpstreamTlsConfig() && spec.Destinations.Count > 0 && spec.Destinations.All(d => d.Address.Scheme == "http"))
            scope.Warning("unused_key", "spec.tls", "TLS settings are not used: every destination is http://.");
    }
}
