using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tidegate.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Loop : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "delivery_freezes",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    service = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    author = table.Column<string>(type: "text", nullable: false),
                    evidence = table.Column<string>(type: "text", nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    exceptions = table.Column<string>(type: "text", nullable: false),
                    key = table.Column<string>(type: "text", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ended_by = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_delivery_freezes", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "delivery_releases",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    service = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<string>(type: "text", nullable: false),
                    change = table.Column<string>(type: "text", nullable: false),
                    commit = table.Column<string>(type: "text", nullable: false),
                    url = table.Column<string>(type: "text", nullable: true),
                    message = table.Column<string>(type: "text", nullable: false),
                    author = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    finished_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_delivery_releases", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "delivery_rollouts",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    route = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    holds = table.Column<bool>(type: "boolean", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    content = table.Column<string>(type: "text", nullable: false),
                    evidence = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_delivery_rollouts", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "inbound_alerts",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    fingerprint = table.Column<string>(type: "text", nullable: false),
                    origin = table.Column<string>(type: "text", nullable: false),
                    fired_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    holds_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    resolved_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    content = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_inbound_alerts", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "incidents",
                columns: table => new
                {
                    number = table.Column<long>(type: "bigint", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    severity = table.Column<string>(type: "text", nullable: false),
                    services = table.Column<string>(type: "text", nullable: false),
                    objectives = table.Column<string>(type: "text", nullable: false),
                    alerts = table.Column<string>(type: "text", nullable: false),
                    keys = table.Column<string>(type: "text", nullable: false),
                    impact_start = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    opened_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    opened_by = table.Column<string>(type: "text", nullable: false),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    closed_by = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_incidents", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "incidents_notes",
                columns: table => new
                {
                    incident = table.Column<long>(type: "bigint", nullable: false),
                    sequence = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    author = table.Column<string>(type: "text", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_incidents_notes", x => new { x.incident, x.sequence });
                });

            migrationBuilder.CreateTable(
                name: "indicators_coverage",
                columns: table => new
                {
                    series = table.Column<string>(type: "text", nullable: false),
                    from = table.Column<long>(type: "bigint", nullable: false),
                    until = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_indicators_coverage", x => x.series);
                });

            migrationBuilder.CreateTable(
                name: "indicators_pushed",
                columns: table => new
                {
                    sequence = table.Column<long>(type: "bigint", nullable: false),
                    node = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    minutes = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_indicators_pushed", x => x.sequence);
                });

            migrationBuilder.CreateTable(
                name: "indicators_pushes",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    content = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_indicators_pushes", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "remediation_rules",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    content = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_remediation_rules", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_delivery_freezes_ended_at_service",
                table: "delivery_freezes",
                columns: new[] { "ended_at", "service" });

            migrationBuilder.CreateIndex(
                name: "IX_delivery_freezes_started_at",
                table: "delivery_freezes",
                column: "started_at");

            migrationBuilder.CreateIndex(
                name: "IX_delivery_releases_service_started_at",
                table: "delivery_releases",
                columns: new[] { "service", "started_at" });

            migrationBuilder.CreateIndex(
                name: "IX_delivery_releases_started_at",
                table: "delivery_releases",
                column: "started_at");

            migrationBuilder.CreateIndex(
                name: "IX_delivery_rollouts_holds",
                table: "delivery_rollouts",
                column: "holds");

            migrationBuilder.CreateIndex(
                name: "IX_delivery_rollouts_started_at",
                table: "delivery_rollouts",
                column: "started_at");

            migrationBuilder.CreateIndex(
                name: "IX_inbound_alerts_fingerprint",
                table: "inbound_alerts",
                column: "fingerprint");

            migrationBuilder.CreateIndex(
                name: "IX_inbound_alerts_fired_at",
                table: "inbound_alerts",
                column: "fired_at");

            migrationBuilder.CreateIndex(
                name: "IX_inbound_alerts_resolved_at_holds_until",
                table: "inbound_alerts",
                columns: new[] { "resolved_at", "holds_until" });

            migrationBuilder.CreateIndex(
                name: "IX_incidents_closed_at",
                table: "incidents",
                column: "closed_at");

            migrationBuilder.CreateIndex(
                name: "IX_indicators_pushed_at",
                table: "indicators_pushed",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "IX_indicators_pushes_at",
                table: "indicators_pushes",
                column: "at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "delivery_freezes");

            migrationBuilder.DropTable(
                name: "delivery_releases");

            migrationBuilder.DropTable(
                name: "delivery_rollouts");

            migrationBuilder.DropTable(
                name: "inbound_alerts");

            migrationBuilder.DropTable(
                name: "incidents");

            migrationBuilder.DropTable(
                name: "incidents_notes");

            migrationBuilder.DropTable(
                name: "indicators_coverage");

            migrationBuilder.DropTable(
                name: "indicators_pushed");

            migrationBuilder.DropTable(
                name: "indicators_pushes");

            migrationBuilder.DropTable(
                name: "remediation_rules");
        }
    }
}
