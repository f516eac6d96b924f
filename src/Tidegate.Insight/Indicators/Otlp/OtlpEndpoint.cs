using System.IO.Compression;
using System.Text;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tidegate.Insight.Indicators.Otlp.Wire;
using Tidegate.Platform.Hosting;

namespace Tidegate.Insight.Indicators.Otlp;

/// <summary>OTLP over HTTP: <c>POST /v1/metrics</c>, protobuf or JSON, plain or gzip. Answers and errors are in the form of the request, as the protocol has it.</summary>
internal static class OtlpEndpoint
{
    /// <summary>Path of metrics, which every sender knows.</summary>
    public const string Path = "/v1/metrics";

    /// <summary>Longest request, as it comes.</summary>
    public const int MostRequest = 8 << 20;

    /// <summary>Longest request, unpacked.</summary>
    public const int MostContent = 32 << 20;

    private const string Protobuf = "application/x-protobuf";
    private const string Json = "application/json";
    private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    /// <summary>Maps it.</summary>
    public static void Map(IEndpointRouteBuilder root) => root.MapPost(Path, PostAsync).RequirePermission(IndicatorsModule.Push);

    private static async Task PostAsync(HttpContext context)
    {
        var receiver = context.RequestServices.GetRequiredService<OtlpReceiver>();
        var type = context.Request.ContentType?.Split(';')[0].Trim();
        if (type is not (Protobuf or Json))
        {
            await AnswerAsync(context, StatusCodes.Status415UnsupportedMediaType, new Status { Code = 3, Message = $"OTLP metrics are {Protobuf} or {Json}, not \"{type}\"." }, Json);
            return;
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = MostRequest;
        try
        {
            var body = await ReadAsync(context.Request, context.RequestAborted);
            var request = type == Protobuf ? ExportMetricsServiceRequest.Parser.ParseFrom(body.Span) : Parser.Parse<ExportMetricsServiceRequest>(Encoding.UTF8.GetString(body.Span));
            await AnswerAsync(context, StatusCodes.Status200OK, receiver.Take(request), type);
        }
        catch (Exception wrong) when (wrong is InvalidProtocolBufferException or InvalidJsonException or InvalidDataException)
        {
            await AnswerAsync(context, StatusCodes.Status400BadRequest, new Status { Code = 3, Message = $"The body is no ExportMetricsServiceRequest: {wrong.Message}" }, type);
        }
        catch (NotSupportedException encoding)
        {
            await AnswerAsync(context, StatusCodes.Status415UnsupportedMediaType, new Status { Code = 3, Message = encoding.Message }, type);
        }
        catch (Exception tooLong) when (tooLong is OverflowException or BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge })
        {
            await AnswerAsync(context, StatusCodes.Status413PayloadTooLarge, new Status { Code = 8, Message = $"The body is longer than {MostRequest >> 20} MiB, or than {MostContent >> 20} MiB unpacked: send smaller batches." }, type);
        }
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, CancellationToken cancel)
    {
        var encoding = request.Headers.ContentEncoding.ToString();
        await using var body = encoding switch
        {
            "" or "identity" => request.Body,
            "gzip" => new GZipStream(request.Body, CompressionMode.Decompress),
            _ => throw new NotSupportedException($"Bodies are plain or gzip, not \"{encoding}\"."),
        };
        using var kept = new MemoryStream();
        var buffer = new byte[64 << 10];
        int read;
        while ((read = await body.ReadAsync(buffer, cancel)) > 0)
        {
            if (kept.Length + read > MostContent) throw new OverflowException();
            kept.Write(buffer, 0, read);
        }

        return kept.GetBuffer().AsMemory(0, (int)kept.Length);
    }

    private static async Task AnswerAsync(HttpContext context, int status, IMessage message, string type)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        var bytes = type == Protobuf ? message.ToByteArray() : Encoding.UTF8.GetBytes(JsonFormatter.Default.Format(message));
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }
}
