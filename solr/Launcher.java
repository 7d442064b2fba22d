import java.net.InetSocketAddress;
import java.util.EnumSet;
import javax.servlet.DispatcherType;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.apache.solr.servlet.CoreContainerProvider;
import org.apache.solr.servlet.SolrDispatchFilter;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.servlet.ServletContextHandler;
import org.eclipse.jetty.servlet.ServletHolder;

/**
 * Starts Solr's own servlets in one Jetty, on the loopback address alone.
 *
 * <p>Run as source, nothing is compiled to disk: {@code java -cp 'lib/*' -Dsolr.solr.home=HOME
 * -Dsolr.install.dir=DIR -Dsolr.log.dir=DIR Launcher.java PORT}.
 */
public class Launcher {
    /** Solr's filter answers whatever it knows; what reaches this servlet does not exist. */
    public static class Nothing extends HttpServlet {
        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws java.io.IOException {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }

    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[0]);
        Server server = new Server(new InetSocketAddress("127.0.0.1", port));
        ServletContextHandler solr = new ServletContextHandler(server, "/solr");
        solr.addEventListener(new CoreContainerProvider());
        solr.addFilter(SolrDispatchFilter.class, "/*", EnumSet.of(DispatcherType.REQUEST));
        solr.addServlet(new ServletHolder(new Nothing()), "/*");
        server.setStopAtShutdown(true);
        server.start();
        server.join();
    }
}
