using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tidegate.Insight.Reports.Making;
using Tidegate.Insight.Reports.Writing;
using Tidegate.Platform.Hosting;

namespace Tidegate.Insight.Reports.Endpoints;

/// <summary>Reports as JSON, Markdown or HTML.</summary>
internal static class ReportEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/reports/budget", (HttpContext http, ReportMaker maker, ReportedServices services, TimeProvider time, string? service, string? month, string? zone, string? format, CancellationToken cancel) =>
                AnswerAsync(ReportKind.Budget, http, maker, services, time, service, month, zone, format, cancel)).RequirePermission(ReportsModule.Read).WithName("reportBudgets")
            .WithSummary("Error budgets of a month: what was used, when, and by what; raw and adjusted. As json, markdown or html.").Produces<Report>().DisableRequestTimeout();
        api.MapGet("/reports/sla", (HttpContext http, ReportMaker maker, ReportedServices services, TimeProvider time, string? service, string? month, string? zone, string? format, CancellationToken cancel) =>
                AnswerAsync(ReportKind.Sla, http, maker, services, time, service, month, zone, format, cancel)).RequirePermission(ReportsModule.Read).WithName("reportSlas")
            .WithSummary("Agreements in a month: kept or not, with buffer and penalty. As json, markdown or html.").Produces<Report>().DisableRequestTimeout();
        api.MapGet("/reports/monthly", (HttpContext http, ReportMaker maker, ReportedServices services, TimeProvider time, string? service, string? month, string? zone, string? format, CancellationToken cancel) =>
                AnswerAsync(ReportKind.Monthly, http, maker, services, time, service, month, zone, format, cancel)).RequirePermission(ReportsModule.Read).WithName("reportMonth")
            .WithSummary("The reliability of a month: vital signs with their definitions, agreements, objectives, incidents. As json, markdown or html.").Produces<Report>().DisableRequestTimeout();
    }

    private static async Task<IResult> AnswerAsync(
        ReportKind kind, HttpContext http, ReportMaker maker, ReportedServices services, TimeProvider time, string? service, string? month, string? zone, string? format, CancellationToken cancel)
    {
        if (format is not (null or "json" or "markdown" or "html")) return Problems.BadRequest("format", $"'{format}' is no format.", "Use json, markdown or html.");
        var report = await maker.MakeAsync(ReportMonth.Read(kind, service, month, zone, time.GetUtcNow()), cancel);
        await services.AssertAsync(report, cancel);
        switch (format)
        {
            case "markdown":
                return Results.Text(MarkdownReport.Write(ReportPages.Of(report)), "text/markdown; charset=utf-8");
            case "html":
                http.Response.Headers.ContentSecurityPolicy = HtmlReport.Policy;
                return Results.Text(HtmlReport.Write(ReportPages.Of(report)), "text/html; charset=utf-8");
            default:
                return Results.Json(report, ApiJson.Options);
        }
    }
}
