using System.Net;
using DnsClient;
using DnsClient.Protocol;
using Tidegate.Core.Resources.OpenSlo.Indicators;

namespace Tidegate.Insight.Indicators.Probes.Kinds;

/// <summary>A name is looked up, past every cache of ours.</summary>
internal sealed class DnsProbe : IProbe
{
    private const int UsualPort = 53;

    public ProbeIndicatorType Type => ProbeIndicatorType.Dns;

    public async Task<string?> AskAsync(ProbeIndicatorConfig config, CancellationToken cancel)
    {
        var options = config.Server is { } server ? new LookupClientOptions(await ServerAsync(server, cancel)) : new LookupClientOptions();
        (options.UseCache, options.Retries, options.ThrowDnsErrors, options.Timeout) = (false, 0, false, config.Timeout);
        var type = Enum.Parse<QueryType>(config.RecordType);
        IDnsQueryResponse answer;
        try
        {
            answer = await new LookupClient(options).QueryAsync(config.Target, type, QueryClass.IN, cancel);
        }
        catch (DnsResponseException error)
        {
            cancel.ThrowIfCancellationRequested();
            return error.InnerException?.Message ?? error.DnsError;
        }

        if (answer.HasError) return $"the name server answered: {answer.ErrorMessage}";
        var values = answer.Answers.Where(r => (int)r.RecordType == (int)type).Select(Text).ToList();
        if (values.Count == 0) return $"there is no {config.RecordType} record";
        var missing = config.Expect.Records.Where(r => !values.Contains(Plain(r), StringComparer.OrdinalIgnoreCase)).ToList();
        return missing.Count > 0 ? $"{string.Join(", ", missing)} is not in the answer: {string.Join(", ", values.Take(10))}" : null;
    }

    private static async Task<IPEndPoint> ServerAsync(string server, CancellationToken cancel)
    {
        var (host, port) = HostPort.Of(server, UsualPort);
        return new IPEndPoint(IPAddress.TryParse(host, out var address) ? address : (await Dns.GetHostAddressesAsync(host, cancel))[0], port);
    }

    private static string Text(DnsResourceRecord record) => Plain(record switch
    {
        AddressRecord address => address.Address.ToString(),
        CNameRecord alias => alias.CanonicalName.Value,
        MxRecord mail => mail.Exchange.Value,
        NsRecord server => server.NSDName.Value,
        SrvRecord service => $"{service.Target.Value.TrimEnd('.')}:{service.Port}",
        TxtRecord text => string.Concat(text.Text),
        _ => record.ToString(),
    });

    private static string Plain(string value) => value.TrimEnd('.');
}
